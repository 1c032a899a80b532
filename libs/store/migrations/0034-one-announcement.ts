import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is told to a facility names the verification: who waits for one hears it there, and each move is told once. */
export class OneAnnouncement1700000000034 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER verification_announce ON verification');
    await runner.query('DROP FUNCTION announce_verification()');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE FUNCTION announce_verification() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('verification_moved', NEW.id);
  RETURN NULL;
END $$`);
    await runner.query(`
CREATE TRIGGER verification_announce AFTER UPDATE ON verification FOR EACH ROW
  WHEN (OLD.version IS DISTINCT FROM NEW.version) EXECUTE FUNCTION announce_verification()`);
  }
}
