import { DurableObject } from "cloudflare:workers";
import type { Env } from "../env";

/** Counts what one key (an address, an account) did lately, exactly. */
export class Throttle extends DurableObject<Env> {}
