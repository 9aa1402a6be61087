import { app } from "./app";
import { tick } from "./cron";
import type { Env } from "./env";
import { openHouse } from "./scope";

export { CampaignDialer } from "./dialing/dialer";
export { Throttle } from "./identity/throttle";
export { AccountFeed } from "./live/feed";
export { SimulatedExchange } from "./outside/carrier/simulated/exchange";
export { SignalingRoom } from "./signaling/room";
export { WebhookCourier } from "./webhooks/courier";

export default {
	fetch: app.fetch,
	async scheduled(controller, env, context) {
		await tick(openHouse(env, { freshness: "primary", defer: (work) => context.waitUntil(work) }), controller.cron);
	},
} satisfies ExportedHandler<Env>;
