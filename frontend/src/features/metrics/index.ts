/** What other parts may use of metrics. */
export {}
