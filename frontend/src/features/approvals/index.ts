/** What other parts may use of approvals. */
export {}
