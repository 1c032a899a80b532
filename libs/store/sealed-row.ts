import type { FieldCipher } from '@openvob/platform';

/** Encrypts and decrypts the columns of one row; the place of each value is bound into its ciphertext. */
export class SealedRow {
  constructor(
    private readonly cipher: FieldCipher,
    private readonly facilityId: string,
    private readonly table: string,
    private readonly row: string,
  ) {}

  /** `null` for what is not there, so that it can go straight into a nullable column. */
  seal(column: string, text: string | undefined): Buffer | null {
    return text === undefined ? null : this.cipher.encrypt(text, this.place(column));
  }

  sealJson(column: string, value: unknown): Buffer | null {
    return value === undefined ? null : this.cipher.encrypt(JSON.stringify(value), this.place(column));
  }

  open(column: string, bytes: Buffer | null): string | undefined {
    return bytes === null ? undefined : this.cipher.decrypt(bytes, this.place(column));
  }

  openJson<T>(column: string, bytes: Buffer | null): T | undefined {
    const text = this.open(column, bytes);
    return text === undefined ? undefined : (JSON.parse(text) as T);
  }

  private place(column: string): { facilityId: string; table: string; row: string; column: string } {
    return { facilityId: this.facilityId, table: this.table, row: this.row, column };
  }
}
