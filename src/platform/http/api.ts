/** A use case as a JSON route: one line in a room's routes. */
import type { FastifyInstance } from 'fastify'
import type Type from 'typebox'
import Value from 'typebox/value'
import type { UseCase } from '../use-case/use-case.ts'
import { refuseOtherThanJson } from './server.ts'

/** The paths that exist, for the tests that walk them. */
export interface ApiRoute {
  method: 'GET' | 'POST'
  path: string
  useCase: UseCase
}

export type Api = (method: 'GET' | 'POST', path: string, useCase: UseCase<never, never> | UseCase) => void

export const createApi =
  (app: FastifyInstance, publicUrl: string, routes: ApiRoute[]): Api =>
  (method, path, anyUseCase) => {
    const useCase = anyUseCase as UseCase
    const url = `/api/v1${path}`
    routes.push({ method, path: url, useCase })
    const names = [...path.matchAll(/:(\w+)/g)].map((m) => m[1]!)
    const properties = (useCase.input as { properties?: Record<string, Type.TSchema> }).properties ?? {}
    const rest = Object.fromEntries(Object.entries(properties).filter(([name]) => !names.includes(name)))
    const required = ((useCase.input as { required?: string[] }).required ?? []).filter((name) => !names.includes(name))
    app.route({
      method,
      url,
      schema: {
        operationId: useCase.operation,
        tags: [useCase.operation.split('.')[0]!],
        ...(names.length > 0
          ? {
              params: {
                type: 'object',
                properties: Object.fromEntries(names.map((n) => [n, properties[n] ?? { type: 'string' }])),
                required: names,
              },
            }
          : {}),
        ...(method === 'POST'
          ? { body: { type: 'object', properties: rest, required } }
          : { querystring: { type: 'object', properties: rest } }),
        response: { 200: useCase.output },
      },
      preHandler: async (request) => refuseOtherThanJson(request, publicUrl),
      handler: async (request) => {
        const params = request.params as Record<string, string>
        if (method === 'POST') return useCase.run(request.call, { ...(request.body as object), ...params })
        // A query string knows text only: numbers are read as the schema says.
        return useCase.run(request.call, Value.Convert(useCase.input, { ...(request.query as object), ...params }))
      },
    })
  }
