/** What other parts may use of the second step. */
export { SecondStepSettings } from './components/SecondStepSettings.tsx'
