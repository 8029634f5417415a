/** What other parts may use of settings. */
export {}
