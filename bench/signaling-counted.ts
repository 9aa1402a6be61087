import { SignalingRoom as Room, default as worker } from "../worker/index";

export * from "../worker/index";

// The Worker as it is, with its rooms counted as they come up: a room that slept comes up again. For bench/signaling.mjs.
let cameUp = 0;

export class SignalingRoom extends Room {
	constructor(state: DurableObjectState, env: ConstructorParameters<typeof Room>[1]) {
		super(state, env);
		cameUp++;
	}
}

export default {
	...worker,
	fetch(request, env, context) {
		if (new URL(request.url).pathname === "/api/bench/rooms") return Response.json({ cameUp });
		return worker.fetch(request, env, context);
	},
} satisfies ExportedHandler<ConstructorParameters<typeof Room>[1]>;
