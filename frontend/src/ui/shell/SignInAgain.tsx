/** Asks for a new sign-in over the screen as it is: a form half filled in stays half filled in. */
import { Trans } from '@lingui/react/macro'
import { Button, Group, Modal, Text } from '@mantine/core'
import { useState } from 'react'
import { type Me, type SignIn, signOut } from '~/auth/index.ts'
import { SignInSteps } from './SignIn.tsx'

export default function SignInAgain({ me }: { me: Me }) {
  const [second, setSecond] = useState<SignIn | null>(null)
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={<Trans>Your session has ended</Trans>}
    >
      <Text size="sm" mb="md">
        <Trans>Sign in as {me.name} to go on where you were. Nothing on the screen is lost.</Trans>
      </Text>
      <SignInSteps email={me.email} second={second} onSecond={setSecond} />
      <Group justify="center" mt="sm">
        <Button variant="subtle" size="compact-sm" onClick={() => void signOut()}>
          <Trans>Sign out instead</Trans>
        </Button>
      </Group>
    </Modal>
  )
}
