/** What other parts may use of chat. */
export {}
