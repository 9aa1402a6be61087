import type { InferRequestType } from "hono/client";
import type { api } from "./api";

// The shapes on the wire are those of the API's own routes.
type Api = typeof api;
type Asking = (...given: never[]) => Promise<{ json(): Promise<unknown> }>;
type Told<Asked extends Asking> = Awaited<ReturnType<Awaited<ReturnType<Asked>>["json"]>>;
type One<List> = List extends readonly (infer Item)[] ? Item : List extends { items: (infer Item)[] } ? Item : never;

/** OAuth 2.0 spelling; `expires_at` in Unix seconds. */
export type Session = Told<Api["auth"]["refresh"]["$post"]>["session"];
export type OwnedNumber = One<Told<Api["phone-numbers"]["$get"]>>;
export type NumberOffer = One<Told<Api["phone-numbers"]["search"]["$get"]>>;
export type SearchQuery = InferRequestType<Api["phone-numbers"]["search"]["$get"]>["query"];
export type NumberBatch = Told<Api["phone-numbers"]["purchase"]["batch"][":id"]["$get"]>;
export type Channel = One<Told<Api["channels"]["$get"]>>;
export type WalletEntry = One<Told<Api["wallet"]["entries"]["$get"]>>;
export type WalletRules = Told<Api["wallet"]["rules"]["$get"]>;
export type SpendDay = One<Told<Api["wallet"]["spend"]["$get"]>>;
export type Notice = One<Told<Api["notices"]["$get"]>>;
export type Plan = One<Told<Api["plans"]["$get"]>>;
export type Subscription = Told<Api["subscriptions"][":userId"]["$get"]>;
export type Payment = One<Told<Api["payments"]["$get"]>>;
export type ContactList = One<Told<Api["contact-lists"]["$get"]>>;
export type Contact = One<Told<Api["contacts"]["$get"]>>;
export type ImportReport = Told<Api["contact-lists"][":id"]["import"]["$post"]>;
export type Greeting = One<Told<Api["greeting-files"]["$get"]>>;
export type TransferNumber = One<Told<Api["transfer-numbers"]["$get"]>>;
export type Member = One<Told<Api["sub-accounts"]["$get"]>>;
export type Profile = Told<Api["profiles"][":userId"]["$get"]>;
export type AuditEntry = One<Told<Api["audit"]["$get"]>>;
export type ApiKey = One<Told<Api["api-keys"]["$get"]>>;
export type Campaign = One<Told<Api["campaigns"]["$get"]>>;
export type CampaignStatus = Campaign["status"];
export type Recipient = One<Told<Api["campaigns"][":id"]["recipients"]["$get"]>>;
export type Attempt = One<Told<Api["campaigns"][":id"]["attempts"]["$get"]>>;

/** One page of a list that can grow without bound. */
export interface Page<Item> {
	items: Item[];
	nextCursor: string | null;
}
