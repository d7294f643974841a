// Prints the resources that a number of people needs, by the model and the measured costs of docs/scaling.md.
//   npm run capacity -- --people 100000 --contacts 50 --calls 10 --changes 6
import { parseArgs } from 'node:util';
import { demandOf } from './load/capacity.ts';
import { ONE_PROCESS, SEVERAL_NODES } from './load/measured-costs.ts';

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '10000' },
    contacts: { type: 'string', default: '50' },
    calls: { type: 'string', default: '10' },
    changes: { type: 'string', default: '6' },
  },
});
const workload = {
  people: Number(values.people),
  contacts: Number(values.contacts),
  callsADay: Number(values.calls),
  changesAnHour: Number(values.changes),
};

for (const [name, costs] of Object.entries({
  'one process, SQLite': ONE_PROCESS,
  'several nodes, Redis and PostgreSQL': SEVERAL_NODES,
})) {
  const demand = demandOf(workload, costs);
  console.log(`${name}
  calls a second in the busiest hour  ${demand.calls.toFixed(1)}
  changes of status a second          ${demand.changes.toFixed(1)}
  deltas of presence a second         ${demand.deltas.toFixed(0)}
  cores of servers, fully used        ${demand.cores.toFixed(2)}
  memory of servers                   ${(demand.memory / 1e9).toFixed(2)} GB
  cores of Redis                      ${demand.redisCores.toFixed(2)}
  cores of PostgreSQL                 ${demand.postgresCores.toFixed(2)}
  all back after a restart, one core  ${demand.backAfter(1).toFixed(0)} s`);
}
