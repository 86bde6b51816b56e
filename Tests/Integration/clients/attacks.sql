-- What the attacks are made on. Clear values of masked columns are words that stand nowhere else.
CREATE SCHEMA shop;
CREATE SCHEMA lab;
CREATE SCHEMA ext;
CREATE SCHEMA lab2;
CREATE TABLE shop.customers (
    id     integer PRIMARY KEY,
    name   text NOT NULL,
    email  text NOT NULL UNIQUE CHECK (email LIKE '%@%'),
    card   text NOT NULL,
    ssn    text,
    born   date,
    salary integer,
    note   text,
    domain text GENERATED ALWAYS AS (split_part(email, '@', 2)) STORED
);
CREATE INDEX customers_by_salary ON shop.customers (salary) INCLUDE (id);
CREATE INDEX customers_by_word ON shop.customers (upper(ssn));
CREATE STATISTICS shop.customers_together (mcv) ON email, ssn FROM shop.customers;
INSERT INTO shop.customers VALUES
    (1, 'Ada', 'amaranth@one.example', '4929000011112222', '078-05-1120', '1979-05-17', 83217, 'first'),
    (2, 'Bea', 'basilisk@two.example', '4929000033334444', '219-09-9999', '1984-11-23', 52894, NULL),
    (3, 'Cay', 'cinnabar@one.example', '4929000055556666', NULL, '1979-12-31', 61553, 'third');
CREATE TABLE shop.orders (
    id integer PRIMARY KEY, customer_id integer REFERENCES shop.customers, total numeric, status text DEFAULT 'open'
);
INSERT INTO shop.orders VALUES (1, 1, 10.5, 'open'), (2, 1, 20, 'paid'), (3, 2, 30, 'open');
CREATE TABLE shop.secrets (id integer PRIMARY KEY, word text);
INSERT INTO shop.secrets VALUES (1, 'vermilion');
CREATE TABLE shop.people (id integer, region text, phone text) PARTITION BY LIST (region);
CREATE TABLE shop.people_eu PARTITION OF shop.people FOR VALUES IN ('eu');
CREATE TABLE shop.people_us PARTITION OF shop.people FOR VALUES IN ('us');
INSERT INTO shop.people VALUES (1, 'eu', '+49-pomegranate'), (2, 'us', '+1-tamarind');
CREATE TABLE shop.staff (id integer, pin text);
CREATE TABLE shop.staff_senior (bonus integer) INHERITS (shop.staff);
INSERT INTO shop.staff VALUES (1, 'pin-heliotrope');
INSERT INTO shop.staff_senior VALUES (2, 'pin-viridian', 5);
CREATE TABLE shop.vault (id integer PRIMARY KEY, born date, salary integer, email text, pin text);
CREATE INDEX vault_by_pin ON shop.vault (pin);
CREATE VIEW shop.contacts AS SELECT id, email FROM shop.customers;
CREATE VIEW shop.contacts_invoker WITH (security_invoker = on) AS SELECT id, email FROM shop.customers;
CREATE VIEW shop.contacts_behind AS SELECT * FROM shop.contacts;
CREATE VIEW shop.contacts_row AS SELECT c.id, c AS all_of_it FROM shop.customers c;
CREATE VIEW shop.rich AS SELECT id, name FROM shop.customers WHERE salary > 60000;
CREATE VIEW shop.names AS SELECT id, name FROM shop.customers;
CREATE MATERIALIZED VIEW shop.contacts_kept AS SELECT id, email FROM shop.customers;
CREATE VIEW shop.orders_view AS SELECT * FROM shop.orders;
CREATE FUNCTION shop.purge() RETURNS integer LANGUAGE sql AS 'DELETE FROM shop.orders; SELECT 1';
CREATE FUNCTION shop.reveal(integer) RETURNS text LANGUAGE sql SECURITY DEFINER AS 'SELECT email FROM shop.customers WHERE id = $1';
CREATE FUNCTION shop.reveal(shop.orders) RETURNS text LANGUAGE sql SECURITY DEFINER AS 'SELECT email FROM shop.customers WHERE id = $1.customer_id';
CREATE PROCEDURE shop.clean() LANGUAGE sql AS 'DELETE FROM shop.orders';
CREATE FUNCTION shop.look(integer, integer) RETURNS boolean LANGUAGE sql AS 'SELECT count(*) > 0 FROM shop.secrets';
CREATE OPERATOR shop.=== (LEFTARG = integer, RIGHTARG = integer, FUNCTION = shop.look);
CREATE FUNCTION shop.sum_step(integer, integer) RETURNS integer LANGUAGE sql AS 'DELETE FROM shop.orders; SELECT $1 + $2';
CREATE AGGREGATE shop.sum(integer) (SFUNC = shop.sum_step, STYPE = integer, INITCOND = '0');
CREATE TYPE shop.word AS (w text);
CREATE FUNCTION shop.to_word(text) RETURNS shop.word LANGUAGE sql AS 'DELETE FROM shop.orders; SELECT ROW($1)::shop.word';
CREATE CAST (text AS shop.word) WITH FUNCTION shop.to_word(text);
CREATE FUNCTION shop.lower(name) RETURNS text LANGUAGE sql AS 'DELETE FROM shop.orders; SELECT ''x''';
CREATE RULE orders_log AS ON INSERT TO shop.orders_view DO INSTEAD DELETE FROM shop.orders;
CREATE TABLE shop.log (at integer, what text);
CREATE SEQUENCE shop.numbers;
CREATE TABLE lab.own (k integer UNIQUE, v text);
INSERT INTO lab.own VALUES (1, 'mine'), (2, 'also');
CREATE TABLE lab.customers (id integer, email text);
INSERT INTO lab.customers VALUES (9, 'nobody@nowhere.example');
SELECT lo_from_bytea(4242, 'large saffron');
CREATE EXTENSION dblink SCHEMA ext;
CREATE EXTENSION pageinspect SCHEMA ext;
CREATE EXTENSION xml2 SCHEMA ext;
CREATE EXTENSION tablefunc SCHEMA ext;
CREATE EXTENSION hstore SCHEMA ext;
CREATE EXTENSION postgres_fdw SCHEMA ext;
ANALYZE;
