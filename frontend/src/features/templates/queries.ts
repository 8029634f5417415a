/** Templates: the unit's and one's own; made, changed, used and taken away. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, call, idempotencyKey, ifMatch, keys, type Schema } from '~/api/index.ts'

export type Template = Schema<'TemplateOut'>
export type TemplateIn = Schema<'TemplateIn'>
export type EarlierRequest = Schema<'RequestOut'>

const at = (id: string) => ({ params: { path: { template_id: id } } })

export const templatesQuery = queryOptions({
  queryKey: keys.templates.list({ all: true }),
  queryFn: ({ signal }) => call(api.GET('/api/v1/lers/templates/', { params: { query: { limit: 200 } }, signal })),
})

export const templateQuery = (id: string) =>
  queryOptions({
    queryKey: keys.templates.one(id),
    queryFn: ({ signal }) => call(api.GET('/api/v1/lers/templates/{template_id}/', { ...at(id), signal })),
  })

export const requestQuery = (id: string) =>
  queryOptions({
    queryKey: keys.requests.one(id),
    queryFn: ({ signal }) =>
      call(api.GET('/api/v1/lers/requests/{request_id}/', { params: { path: { request_id: id } }, signal })),
  })

/** Requests to prepare a template from, by words of their number, description or case. */
export const earlierQuery = (q: string) =>
  queryOptions({
    queryKey: keys.requests.list({ q, for: 'template' }),
    queryFn: ({ signal }) =>
      call(
        api.GET('/api/v1/lers/requests/', {
          params: { query: { limit: 20, sort: '-created_at', ...(q && { q }) } },
          signal,
        }),
      ),
  })

export const providersQuery = queryOptions({
  queryKey: keys.providers.list({}),
  staleTime: 5 * 60_000,
  queryFn: ({ signal }) => call(api.GET('/api/v1/lers/providers/', { params: { query: { limit: 200 } }, signal })),
})

/** All that is on offer, to choose from. */
export const itemsQuery = queryOptions({
  queryKey: keys.catalog.list({ choose: true }),
  staleTime: 60_000,
  queryFn: ({ signal }) =>
    call(
      api.GET('/api/v1/lers/catalog/', { params: { query: { limit: 200, is_active: true, sort: 'name' } }, signal }),
    ),
})

/** Make a template, or change the one that was read at `version`. */
export function useSaveTemplate() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ id, version, body }: { id?: string; version?: number; body: Partial<TemplateIn> }) =>
      id === undefined
        ? call(
            api.POST('/api/v1/lers/templates/', {
              params: { header: { 'Idempotency-Key': idempotencyKey() } },
              body: body as TemplateIn,
            }),
          )
        : call(
            api.PATCH('/api/v1/lers/templates/{template_id}/', {
              ...at(id),
              headers: { 'If-Match': ifMatch(version ?? 0) },
              body,
            }),
          ),
    onSuccess: (template) => {
      cache.setQueryData(keys.templates.one(template.id), template)
      void cache.invalidateQueries({ queryKey: keys.templates.all })
    },
  })
}

export function useDeleteTemplate() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (template: Template) =>
      call(
        api.DELETE('/api/v1/lers/templates/{template_id}/', {
          ...at(template.id),
          headers: { 'If-Match': ifMatch(template.version) },
        }),
      ),
    onSuccess: (_, template) => {
      cache.removeQueries({ queryKey: keys.templates.one(template.id) })
      return cache.invalidateQueries({ queryKey: keys.templates.all })
    },
  })
}

/** Make a draft of a template; the wizard goes on with it. */
export function useUseTemplate() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (id: string) =>
      call(
        api.POST('/api/v1/lers/templates/{template_id}/use/', {
          params: { path: { template_id: id }, header: { 'Idempotency-Key': idempotencyKey() } },
          body: {},
        }),
      ),
    onSuccess: (draft) => {
      cache.setQueryData(keys.requests.one(draft.id), draft)
      void cache.invalidateQueries({ queryKey: keys.requests.lists })
      void cache.invalidateQueries({ queryKey: keys.requests.counts })
      void cache.invalidateQueries({ queryKey: keys.templates.all })
    },
  })
}
