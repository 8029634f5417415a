/** What other parts may use of chat. */
export { ChatPanel, type ChatPanelProps } from './components/ChatPanel.tsx'
export { CHAT_FIELD_ID } from './components/Composer.tsx'
