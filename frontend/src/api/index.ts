export { api, call, idempotencyKey, ifMatch, setCredentials, tagged } from './client.ts'
export { clockOffset, learnServerTime, serverNow } from './clock.ts'
export { keys } from './keys.ts'
export { type FieldErrors, isProblem, Problem } from './problem.ts'
export { queryClient } from './query.ts'
export type { components, paths } from './schema.gen.d.ts'
export { type FileRow, type Purpose, readFileBytes, saveBlob, setUploadCredentials, uploadFile } from './upload.ts'

import type { components } from './schema.gen.d.ts'

/** A schema of the OpenAPI document by its name: `Schema<'RequestOut'>`. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name]
export { publicConfig } from './config.ts'
export { knownPublicConfig, type PublicConfig, readPublicConfig } from './public-config.ts'
