/** What other parts may use of requests. */
export {}
