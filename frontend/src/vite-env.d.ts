/// <reference types="vite/client" />

declare module 'virtual:theme-variables.css'
declare module '*.po' {
  export const messages: import('@lingui/core').Messages
}
