/** Starts workers under Trusted Types: a script's address must come from a policy that the server's header allows. */

interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): Policy
}
interface Policy {
  createScriptURL(url: string): unknown
}

let policy: Policy | undefined

/** Only addresses of this origin: the policy is the one place where a worker's code comes in. */
function own(url: string): string {
  const found = new URL(url, globalThis.location.href)
  if (found.origin !== globalThis.location.origin) throw new TypeError('Workers come from the own origin only.')
  return found.href
}

/** Start a module worker; give the address that `import url from './x.worker.ts?worker&url'` gives. */
export function startWorker(url: string): Worker {
  const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes
  if (factory) policy ??= factory.createPolicy('lers-worker', { createScriptURL: own })
  const address = policy ? policy.createScriptURL(url) : own(url)
  return new Worker(address as URL, { type: 'module' })
}
