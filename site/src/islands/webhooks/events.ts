/** What can be told, in words. `*` is everything, of later versions too. */
export const EVENTS = [
	["*", "Everything"],
	["message.received", "A text came in"],
	["message.status", "A text moved on: sent, delivered, failed"],
	["call.ended", "A call is over"],
	["assistant.report", "What an assistant was told"],
	["campaign.attempt", "A campaign's call is over"],
	["campaign.contact_finished", "A person of a campaign is done"],
	["campaign.finished", "A campaign is over"],
] as const;
export type EventName = (typeof EVENTS)[number][0];
