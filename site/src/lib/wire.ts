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
export type PlanOnFile = One<Told<Api["admin"]["plans"]["$get"]>>;
export type Price = One<Told<Api["prices"]["$get"]>>;
export type Difference = One<Told<Api["admin"]["differences"]["$get"]>>;
export type CarrierLine = One<Told<Api["admin"]["carrier"]["lines"]["$get"]>>;
export type InstallationSettings = Told<Api["admin"]["settings"]["$get"]>;
export type InstallationChange = InferRequestType<Api["admin"]["settings"]["$patch"]>["json"];
export type ContactList = One<Told<Api["contact-lists"]["$get"]>>;
export type Segment = One<Told<Api["segments"]["$get"]>>;
export type Contact = One<Told<Api["contacts"]["$get"]>>;
export type ImportReport = Told<Api["contact-lists"][":id"]["import"]["$post"]>;
export type PastImport = One<Told<Api["imports"]["$get"]>>;
export type Import = Omit<PastImport, "listName">;
export type ColumnGuess = Told<Api["imports"]["columns"]["$post"]>;
export type CampaignRequest = One<Told<Api["campaigns"][":id"]["requests"]["$get"]>>;
export type DoNotCallEntry = One<Told<Api["do-not-call"]["$get"]>>;
export type DoNotCallReport = Told<Api["do-not-call"]["import"]["$post"]>;
export type Greeting = One<Told<Api["greeting-files"]["$get"]>>;
export type TransferNumber = One<Told<Api["transfer-numbers"]["$get"]>>;
export type Member = One<Told<Api["sub-accounts"]["$get"]>>;
export type Profile = Told<Api["profiles"][":userId"]["$get"]>;
export type AuditEntry = One<Told<Api["audit"]["$get"]>>;
export type ApiKey = One<Told<Api["api-keys"]["$get"]>>;
export type Campaign = One<Told<Api["campaigns"]["$get"]>>;
export type CampaignStatus = Campaign["status"];
export type Recipient = One<Told<Api["campaigns"][":id"]["recipients"]["$get"]>>;
export type Preflight = Told<Api["campaigns"][":id"]["preflight"]["$get"]>;
export type CampaignReport = Told<Api["campaigns"][":id"]["report"]["$get"]>;
export type Attempt = One<Told<Api["campaigns"][":id"]["attempts"]["$get"]>>;
/** What a pretend phone shows while it has a call. */
export type PretendCall = NonNullable<Told<Api["debug"]["pretend"]["phone"]["$put"]>["call"]>;
export type Call = One<Told<Api["calls"]["$get"]>>;
export type CallStory = Told<Api["calls"][":id"]["$get"]>;
export type Voicemail = One<Told<Api["voicemail"]["$get"]>>;
export type VoiceSettings = Told<Api["voice-settings"]["$get"]>;
export type SipProvider = One<Told<Api["sip-providers"]["$get"]>>;

export type Conversation = One<Told<Api["conversations"]["$get"]>>;
export type ConversationDetail = Told<Api["conversations"][":id"]["$get"]>;
export type TimelineItem = One<Told<Api["conversations"][":id"]["timeline"]["$get"]>>;
export type Message = One<Told<Api["conversations"][":id"]["messages"]["$get"]>>;
export type MessagePreview = Told<Api["messages"]["preview"]["$post"]>;
export type MessageOrder = InferRequestType<Api["messages"]["$post"]>["json"];
export type ScheduledMessage = One<Told<Api["scheduled-messages"]["$get"]>>;
export type MessageTemplate = One<Told<Api["message-templates"]["$get"]>>;

export type Assistant = One<Told<Api["assistants"]["$get"]>>;
export type AssistantOrder = InferRequestType<Api["assistants"]["$post"]>["json"];
export type AssistantConnection = One<Told<Api["assistants"]["connections"]["$get"]>>;
export type AssistantCall = One<Told<Api["assistant-calls"]["$get"]>>;
export type Analytics = Told<Api["dashboard"]["analytics"]["$get"]>;
export type Figures = Analytics["totals"];
export type Webhook = One<Told<Api["webhooks"]["$get"]>>;
export type Delivery = One<Told<Api["webhooks"][":id"]["deliveries"]["$get"]>>;
export type Queue = One<Told<Api["queues"]["$get"]>>;
export type LineRecording = Told<Api["phone-numbers"][":id"]["recording"]["$get"]>;
export type RingGroup = One<Told<Api["ring-groups"]["$get"]>>;
export type QueueCall = One<Told<Api["queues"][":id"]["calls"]["$get"]>>;

/** One page of a list that can grow without bound. */
export interface Page<Item> {
	items: Item[];
	nextCursor: string | null;
}
