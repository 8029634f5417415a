/** What other parts may use of wizard. */
export {
  EMPTY_FORM_VALUE,
  RequiredFieldsForm,
  type RequiredFieldsFormProps,
  type RequiredFieldsValue,
} from './components/RequiredFieldsForm.tsx'
export { inLanguage, type RequiredField, readFields } from './required-fields.ts'
export { STEPS, type Step } from './search.ts'
export { elementOf, stepOf } from './steps.ts'
