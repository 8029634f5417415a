/** What other parts may use of catalog. */
export { Changes } from './components/Changes.tsx'
export { ItemCard } from './components/ItemCard.tsx'
export { LegalBadges } from './components/Legal.tsx'
export { PromiseKept } from './components/Promise.tsx'
export { changedNames as changedParts, formFrom as itemForm, type ItemForm } from './item-form.ts'
export { type CatalogItem, itemQuery, itemsOfProvider, offeredItems, versionsQuery } from './queries.ts'
export { useHours } from './use-hours.ts'
