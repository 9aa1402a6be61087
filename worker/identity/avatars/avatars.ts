import { ulid } from "ulid";
import { Fault, notFound } from "../../errors";
import type { House, Scope } from "../../scope";
import { changeUser, findUser, type User } from "../store";

export const MOST_BYTES = 1_048_576;
const FOLDER = "avatars";
const OWN = /\/media\/avatars\/(usr_\w+)\/(\w+)$/;

const starts = (bytes: Uint8Array, at: number, ...wanted: number[]) =>
	wanted.every((byte, n) => bytes[at + n] === byte);

/** What a picture is by its first bytes, whatever it is called; null for everything that browsers might run. */
export function pictureType(bytes: Uint8Array): string | null {
	if (starts(bytes, 0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return "image/png";
	if (starts(bytes, 0, 0xff, 0xd8, 0xff)) return "image/jpeg";
	if (starts(bytes, 0, 0x47, 0x49, 0x46, 0x38)) return "image/gif";
	return starts(bytes, 0, 0x52, 0x49, 0x46, 0x46) && starts(bytes, 8, 0x57, 0x45, 0x42, 0x50) ? "image/webp" : null;
}

/** Makes this picture the user's. The one before is erased. */
export async function takeAvatar(scope: Scope, picture: AsyncIterable<Uint8Array>): Promise<User> {
	const { db, audio, settings, accountId, userId } = scope;
	const bytes = await read(picture);
	const type = pictureType(bytes);
	if (!type) throw new Fault("wrong_type", "file: this is not a PNG, JPEG, GIF or WebP picture");
	const before = await findUser(db, accountId, userId);
	if (!before) throw notFound("User");
	const name = ulid();
	await audio.put(keyOf(userId, name), bytes, { httpMetadata: { contentType: type } });
	const avatarUrl = `${settings.PUBLIC_BASE_URL}/media/avatars/${userId}/${name}`;
	const user = await changeUser(db, accountId, userId, { avatarUrl }, scope.now());
	const [, owner, old] = OWN.exec(before.avatarUrl ?? "") ?? [];
	if (old && owner === userId) scope.defer(audio.delete(keyOf(userId, old)));
	if (!user) throw notFound("User");
	return user;
}

/** An avatar's bytes. Its address is its permission: nobody guesses it. */
export async function findAvatar({ audio }: House, userId: string, name: string): Promise<R2ObjectBody> {
	const found = await audio.get(keyOf(userId, name));
	if (!found) throw notFound("Picture");
	return found;
}

/** Erases the pictures of one user. */
export async function eraseAvatars({ audio }: House, userId: string): Promise<void> {
	const { objects } = await audio.list({ prefix: `${FOLDER}/${userId}/` });
	if (objects.length > 0) await audio.delete(objects.map(({ key }) => key));
}

const keyOf = (userId: string, name: string) => `${FOLDER}/${userId}/${name}`;

async function read(picture: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
	const bytes = new Uint8Array(MOST_BYTES);
	let size = 0;
	for await (const chunk of picture) {
		if (size + chunk.length > MOST_BYTES) throw new Fault("too_large", "file: a picture has at most 1 MB");
		bytes.set(chunk, size);
		size += chunk.length;
	}
	return bytes.subarray(0, size);
}
