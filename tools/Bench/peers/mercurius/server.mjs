// The page of students as a Node program would serve it. Prints its address and ends with its parent.
import Fastify from 'fastify';
import mercurius from 'mercurius';
import pg from 'pg';

const schema = `
  type Student {
    id: ID! sourcedId: String! givenName: String! familyName: String!
    grade: String email: String identifier: String dateLastModified: String
  }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  type StudentConnection { nodes: [Student!]! pageInfo: PageInfo! }
  type Query { students(first: Int!, after: String): StudentConnection! }
`;

const page = {
  name: 'page',
  text: `select id, sourced_id as "sourcedId", given_name as "givenName", family_name as "familyName", grade, email,
           identifier, date_last_modified as "dateLastModified"
         from roster.people
         where tenant_id = 1 and is_student and ended_at is null and (family_name, given_name, id) > ($1, $2, $3)
         order by family_name, given_name, id limit 51`,
};

const database = new pg.Pool({
  host: process.env.K12HUB_BENCH_SOCKET,
  database: process.env.K12HUB_BENCH_NAME,
  user: process.env.K12HUB_BENCH_USER,
  password: process.env.K12HUB_BENCH_PASSWORD,
  max: Number(process.env.K12HUB_BENCH_CONNECTIONS),
});

const resolvers = {
  Query: {
    async students(_, { first, after }) {
      const place = after ? JSON.parse(Buffer.from(after, 'base64url')) : ['', '', '00000000-0000-0000-0000-000000000000'];
      const { rows } = await database.query({ ...page, values: place });
      const nodes = rows.slice(0, first);
      const last = nodes.at(-1);
      const endCursor = last
        ? Buffer.from(JSON.stringify([last.familyName, last.givenName, last.id])).toString('base64url')
        : null;
      return { nodes, pageInfo: { hasNextPage: rows.length > first, endCursor } };
    },
  },
};

const app = Fastify();
app.register(mercurius, { schema, resolvers, jit: 1 });
await app.listen({ host: '127.0.0.1', port: 0 });
console.log(`peer at http://127.0.0.1:${app.server.address().port}`);
