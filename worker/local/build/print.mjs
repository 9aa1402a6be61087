import { buildWorker } from "./build.mjs";

const [outdir] = process.argv.slice(2);
console.log(await buildWorker(outdir ? { outdir } : {}));
