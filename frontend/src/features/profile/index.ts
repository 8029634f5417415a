/** What other parts may use of profile. */
export {}
