import { ulid } from "ulid";
import type { Statement } from "../../db/client";
import type { House } from "../../scope";
import { mintAccessToken } from "../access-token";
import { digestOf, newToken } from "../secrets";
import { addSession } from "./store";

/** Where a session was started, as far as the door can tell. */
export interface Device {
	userAgent: string;
	ip: string;
}

/** A session to hand out: the wire's session object, and the refresh token for the cookie. */
export interface Granted {
	refreshToken: string;
	session: {
		user: { id: string; email: string };
		access_token: string;
		token_type: "bearer";
		expires_at: number;
	};
}

interface Person {
	id: string;
	accountId: string;
	email: string;
}

/** A new session for this person: what to write, and what to hand out once that is written. */
export async function startSession(
	house: House,
	person: Person,
	device: Device,
): Promise<{ writes: Statement[]; granted: Granted }> {
	const refreshToken = newToken();
	const id = `ses_${ulid()}`;
	const now = house.now();
	const writes = addSession(house.db, {
		id,
		userId: person.id,
		tokenHash: digestOf(refreshToken),
		userAgent: device.userAgent.slice(0, 300),
		ip: device.ip,
		now,
	});
	return { writes, granted: await grant(house, person, id, refreshToken) };
}

/** The session object with a fresh access token. */
export async function grant(house: House, person: Person, sessionId: string, refreshToken: string): Promise<Granted> {
	const { token, expiresAt } = await mintAccessToken(
		house.settings,
		{ userId: person.id, accountId: person.accountId, sessionId },
		house.now(),
	);
	return {
		refreshToken,
		session: {
			user: { id: person.id, email: person.email },
			access_token: token,
			token_type: "bearer",
			expires_at: expiresAt,
		},
	};
}
