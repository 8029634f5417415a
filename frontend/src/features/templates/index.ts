/** What other parts may use of templates. */
export {}
