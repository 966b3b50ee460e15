// The peer: @neo4j/graphql behind Apollo Server, one process, as fast as its own settings make it.
//
//   PORT=4000 NEO4J_URI=… NEO4J_USER=… NEO4J_PASSWORD=… NODE_ENV=production node server.mjs
//
// What it is spared: CORS, CSRF checks, body parsers and middleware (Node's own server hands Apollo the request),
// usage reports, introspection and the landing page. What it is given: a cache of parsed and validated documents, and
// TCP_NODELAY on its Bolt sockets, without which messages over 1,400 bytes stall 80 ms.

import { readFile } from 'node:fs/promises';
import http from 'node:http';
import net from 'node:net';

// Before the driver is loaded: every connection that this process opens has no Nagle.
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function connectWithoutDelay(...options) {
  this.once('connect', () => this.setNoDelay(true));
  this.setNoDelay(true);
  return connect.apply(this, options);
};

const { default: neo4j } = await import('neo4j-driver');
const { Neo4jGraphQL } = await import('@neo4j/graphql');
const { GraphQLScalarType } = await import('graphql');
const { ApolloServer, HeaderMap } = await import('@apollo/server');
const { ApolloServerPluginLandingPageDisabled, ApolloServerPluginUsageReportingDisabled } = await import(
  '@apollo/server/plugin/disabled'
);

const { NEO4J_URI, NEO4J_USER = 'neo4j', NEO4J_PASSWORD, NEO4J_DATABASE = 'neo4j', PORT } = process.env;
const driver = neo4j.driver(NEO4J_URI, neo4j.auth.basic(NEO4J_USER, NEO4J_PASSWORD));
const typeDefs = await readFile(new URL('schema.graphql', import.meta.url), 'utf8');
// Its own DateTime has the database reformat every value by a procedure of APOC; the driver's value says the same.
const resolvers = { Moment: new GraphQLScalarType({ name: 'Moment', serialize: String }) };
const schema = await new Neo4jGraphQL({ typeDefs, resolvers, driver }).getSchema();
const documents = new Map();
const server = new ApolloServer({
  schema,
  introspection: false,
  csrfPrevention: false,
  persistedQueries: false,
  includeStacktraceInErrorResponses: false,
  stopOnTerminationSignals: false,
  documentStore: { get: async (key) => documents.get(key), set: async (key, ast) => void documents.set(key, ast), delete: async (key) => documents.delete(key) },
  plugins: [ApolloServerPluginLandingPageDisabled(), ApolloServerPluginUsageReportingDisabled()],
});
await server.start();

const context = async () => ({ sessionConfig: { database: NEO4J_DATABASE } });

async function answer(request, response, chunks) {
  const headers = new HeaderMap(Object.entries(request.headers));
  const body = JSON.parse(Buffer.concat(chunks).toString());
  const answered = await server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method: request.method, headers, search: '', body },
    context,
  });
  const text = Buffer.from(answered.body.string);
  const told = Object.fromEntries(answered.headers);
  response.writeHead(answered.status ?? 200, { ...told, 'content-length': text.length });
  response.end(text);
}

const listening = http.createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    answer(request, response, chunks).catch((error) => {
      response.writeHead(500).end(String(error));
    });
  });
});
listening.keepAliveTimeout = 0;
listening.listen(Number(PORT), '127.0.0.1', () => console.log('listening'));

process.on('SIGTERM', async () => {
  listening.closeAllConnections();
  listening.close();
  await server.stop();
  await driver.close();
  process.exit(0);
});
