/** What other parts may use of catalog. */
export {}
