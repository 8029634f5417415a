/** What other parts may use of responses. */
export {}
