import { api, said } from "../../lib/api";
import { reading } from "../../lib/use-read";

export const assistantsQuery = reading({
	key: ["assistants"],
	read: () => said(api.assistants.$get({ query: { limit: "100" } })),
});
export const connectionsQuery = reading({
	key: ["assistant-connections"],
	read: () => said(api.assistants.connections.$get({ query: {} })),
});
