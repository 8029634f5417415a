/** What other parts may use of files. */
export {}
