-- Sample data: orders and the customers who made them. Deterministic, so that two copies are equal.
CREATE TABLE public.customers (
    id          integer PRIMARY KEY,
    name        text NOT NULL,
    email       text NOT NULL UNIQUE,
    card_number text NOT NULL
);

CREATE TABLE public.orders (
    id            integer PRIMARY KEY,
    customer_id   integer NOT NULL REFERENCES public.customers (id),
    total         numeric(12, 2) NOT NULL,
    status        text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'paid', 'done')),
    reconciled_at timestamptz,
    note          text
);

CREATE INDEX orders_by_status ON public.orders (status);
CREATE SEQUENCE public.order_numbers OWNED BY public.orders.id;
CREATE VIEW public.open_orders AS
    SELECT o.id, c.name, o.total FROM public.orders o JOIN public.customers c ON c.id = o.customer_id WHERE o.status = 'open';
COMMENT ON TABLE public.orders IS 'What was sold; one row an order.';

INSERT INTO public.customers
    SELECT i, 'Customer ' || i, 'customer' || i || '@example.com', lpad(i::text, 16, '4') FROM generate_series(1, 100) i;
INSERT INTO public.orders (id, customer_id, total, status, note)
    SELECT i, 1 + i % 100, (i * 37 % 10000) / 100.0, CASE WHEN i % 3 = 0 THEN 'paid' ELSE 'open' END,
           CASE WHEN i % 10 = 0 THEN NULL ELSE E'line one\nline "two", ä€😀 ' || i END
    FROM generate_series(1, 1000) i;
