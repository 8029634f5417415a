/** The private keys of this browser, a person each. They are not extractable: a script can use one, never read it. */
import type { Algorithm } from './algorithms.ts'

export interface StoredKey {
  /** The id under which the server knows the public half. */
  keyId: string
  userId: string
  algorithm: Algorithm
  fingerprint: string
  publicKey: string
  privateKey: CryptoKey
  createdAt: string
}

export interface KeyStore {
  of(userId: string): Promise<StoredKey[]>
  put(key: StoredKey): Promise<void>
  remove(keyId: string): Promise<void>
}

const DATABASE = 'lers-keys'
const STORE = 'signing'
const BY_USER = 'userId'

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, 1)
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore(STORE, { keyPath: 'keyId' }).createIndex(BY_USER, BY_USER)
    }
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(opening.error)
  })
}

/** One transaction of its own. It resolves when it is complete: what was put is then really kept. */
async function run<T>(mode: IDBTransactionMode, use: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open()
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(STORE, mode)
      const request = use(transaction.objectStore(STORE))
      transaction.oncomplete = () => resolve(request.result)
      transaction.onabort = () => reject(transaction.error)
      transaction.onerror = () => reject(transaction.error)
    })
  } finally {
    database.close()
  }
}

/** The store of this browser's profile. */
export const browserKeys: KeyStore = {
  of: (userId) => run('readonly', (store) => store.index(BY_USER).getAll(userId) as IDBRequest<StoredKey[]>),
  put: async (key) => {
    await run('readwrite', (store) => store.put(key))
    // Without this the browser may clear the key when the disk fills; a refusal changes nothing for today.
    await navigator.storage?.persist?.().catch(() => false)
  },
  remove: (keyId) => run('readwrite', (store) => store.delete(keyId) as IDBRequest<undefined>),
}

/** A store that forgets; for tests, and for a browser that keeps nothing. */
export function memoryKeys(): KeyStore {
  const kept = new Map<string, StoredKey>()
  return {
    of: async (userId) => [...kept.values()].filter((key) => key.userId === userId),
    put: async (key) => {
      kept.set(key.keyId, key)
    },
    remove: async (keyId) => {
      kept.delete(keyId)
    },
  }
}
