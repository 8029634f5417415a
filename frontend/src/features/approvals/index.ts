/** What other parts may use of approvals. */
export { ApprovalsList } from './components/ApprovalsList.tsx'
export { Delegations } from './components/Delegations.tsx'
