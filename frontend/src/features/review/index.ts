/** What other parts may use of review. */
export {}
