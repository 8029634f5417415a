/** What other parts may use of catalog. */
export { ItemCard } from './components/ItemCard.tsx'
export { LegalBadges } from './components/Legal.tsx'
export { PromiseKept } from './components/Promise.tsx'
export { type CatalogItem, itemQuery, itemsOfProvider, offeredItems, versionsQuery } from './queries.ts'
export { useHours } from './use-hours.ts'
