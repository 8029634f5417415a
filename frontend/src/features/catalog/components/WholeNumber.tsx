/** A field for a whole number, or none: only digits are taken. */
import { TextInput, type TextInputProps } from '@mantine/core'

interface WholeNumberProps extends Omit<TextInputProps, 'value' | 'onChange'> {
  value: number | null
  onChange: (value: number | null) => void
}

const LONGEST = 6

export function WholeNumber({ value, onChange, ...props }: WholeNumberProps) {
  return (
    <TextInput
      {...props}
      inputMode="numeric"
      autoComplete="off"
      value={value === null ? '' : String(value)}
      onChange={(event) => {
        const digits = event.currentTarget.value.replace(/\D/g, '').slice(0, LONGEST)
        onChange(digits ? Number(digits) : null)
      }}
    />
  )
}
