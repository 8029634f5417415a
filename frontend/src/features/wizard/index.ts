/** What other parts may use of wizard. */
export {}
