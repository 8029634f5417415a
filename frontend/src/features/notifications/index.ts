/** What other parts may use of notifications. */
export {}
