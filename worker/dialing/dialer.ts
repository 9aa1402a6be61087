import { DurableObject } from "cloudflare:workers";
import type { Env } from "../env";

/** Dials one campaign: paces the calls by alarm, and is the only one that places them. */
export class CampaignDialer extends DurableObject<Env> {}
