import { buildWorker } from "./build.mjs";

console.log(await buildWorker());
