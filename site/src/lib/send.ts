import { OFFLINE, Refusal } from "./refusal";
import { liveSession } from "./session";

/** Uploads a body and tells how much of it has left (0 to 1), which fetch cannot. */
export async function send<Body>(
	path: string,
	body: FormData | Blob,
	onPart: (part: number) => void,
	type?: string,
): Promise<Body> {
	const held = await liveSession();
	return new Promise((resolve, reject) => {
		const request = new XMLHttpRequest();
		request.open("POST", path);
		request.setRequestHeader("authorization", `Bearer ${held?.access_token ?? ""}`);
		if (type) request.setRequestHeader("content-type", type);
		request.responseType = "json";
		request.upload.onprogress = ({ loaded, total }) => onPart(total ? loaded / total : 0);
		request.onload = () =>
			request.status < 300 ? resolve(request.response) : reject(new Refusal(request.status, request.response ?? {}));
		request.onerror = () => reject(OFFLINE);
		request.send(body);
	});
}
