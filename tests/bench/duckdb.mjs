// duckdb.mjs FOLDER LINES.csv: DuckDB with two threads tallies a month of the lines that bench_tally
// writes. FOLDER has the node_modules. Each line on stdin asks once, "csv MONTH" for reading the file,
// "native MONTH" for a table of its own that holds all lines (made when it is first asked for);
// answered by the milliseconds that the statement took inside the process, and the number of people.
import { createRequire } from 'node:module';
import path from 'node:path';
import readline from 'node:readline';

const [modules, lines] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(path.join(modules, 'package.json'))('@duckdb/node-api');
const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
const connection = await instance.connect();
const file = `'${lines.replaceAll("'", "''")}'`;
let native = false;

function tally(source, month) {
  return `SELECT resident_id, sum((kind = 1)::INTEGER), sum(minutes),
    sum(CASE WHEN kind IN (1, 2, 3, 8) THEN points ELSE 0 END),
    sum(CASE WHEN kind IN (4, 5, 6) THEN -points ELSE 0 END),
    sum(CASE WHEN kind = 7 THEN -points ELSE 0 END)
    FROM ${source} WHERE month = ${Number(month)} GROUP BY resident_id`;
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  const [what, month] = line.split(' ');
  if (what === 'native' && !native) {
    await connection.run(`CREATE TABLE lines AS SELECT * FROM ${file}`);
    native = true;
  }
  const begun = process.hrtime.bigint();
  const result = await connection.run(tally(what === 'native' ? 'lines' : file, month));
  const milliseconds = Number(process.hrtime.bigint() - begun) / 1e6;
  console.log(`${milliseconds}\t${result.rowCount}`);
}
