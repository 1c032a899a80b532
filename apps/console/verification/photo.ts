/** As much as is sent of a photo: a card is read well at this size. */
const longestEdge = 2200;
const quality = 0.85;
const smallEnough = 1_500_000;
const mostBytes = 60 * 1024 * 1024;

/** Why a file cannot be attached. */
export class UnusableFile extends Error {
  override readonly name = 'UnusableFile';
}

const types = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'];

/**
 * A file as it is sent: photos are made smaller here, so that one of 20 MB goes through in seconds.
 *
 * @throws UnusableFile with what to do about it
 */
export async function prepared(file: File): Promise<Blob> {
  if (file.size > mostBytes)
    throw new UnusableFile('This file is larger than 60 MB. Take a photo of the card instead.');
  if (!types.includes(file.type) && !file.type.startsWith('image/'))
    throw new UnusableFile('Only photos and PDFs can be attached.');
  if (file.type === 'application/pdf' || (file.size <= smallEnough && types.includes(file.type))) return file;
  return smaller(file);
}

async function smaller(file: File): Promise<Blob> {
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file);
  } catch {
    throw new UnusableFile('This photo cannot be opened here. Save it as JPEG and try again.');
  }
  const scale = Math.min(1, longestEdge / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
  if (!blob) throw new UnusableFile('This photo cannot be made smaller here. Take it again in a lower resolution.');
  return blob;
}
