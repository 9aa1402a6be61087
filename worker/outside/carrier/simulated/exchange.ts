import { DurableObject } from "cloudflare:workers";
import type { Env } from "../../../env";

/** The pretend telephone network. */
export class SimulatedExchange extends DurableObject<Env> {}
