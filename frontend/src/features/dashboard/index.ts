/** What other parts may use of dashboard. */
export {}
