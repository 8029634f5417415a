/** What other parts may use of audit. */
export {}
