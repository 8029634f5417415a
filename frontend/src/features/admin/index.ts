/** What other parts may use of admin. */
export {}
