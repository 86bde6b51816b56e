"""SQLAlchemy over psycopg and over pg8000: models, RETURNING, savepoints, streamed results, reflection, a pool.

Reads libpq's variables. Prints `ok` and exits 0, or fails with a traceback.
"""

import os
import ssl

import sqlalchemy as sa
from sqlalchemy import orm


class Base(orm.DeclarativeBase):
    pass


class Author(Base):
    __tablename__ = "scratch_authors"
    __table_args__ = {"schema": "public"}
    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    name: orm.Mapped[str] = orm.mapped_column(unique=True)
    books: orm.Mapped[list["Book"]] = orm.relationship(back_populates="author", cascade="all, delete-orphan")


class Book(Base):
    __tablename__ = "scratch_books"
    __table_args__ = {"schema": "public"}
    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    title: orm.Mapped[str]
    author_id: orm.Mapped[int] = orm.mapped_column(sa.ForeignKey("public.scratch_authors.id"))
    author: orm.Mapped[Author] = orm.relationship(back_populates="books")


def engine(driver):
    url = sa.URL.create(
        f"postgresql+{driver}",
        username=os.environ["PGUSER"],
        password=os.environ["PGPASSWORD"],
        host=os.environ["PGHOST"],
        port=int(os.environ["PGPORT"]),
        database=os.environ["PGDATABASE"],
    )
    arguments = {}
    if driver == "pg8000" and os.environ.get("PGSSLMODE", "disable") != "disable":
        arguments["ssl_context"] = ssl.create_default_context(cafile=os.environ["PGSSLROOTCERT"])
    return sa.create_engine(url, connect_args=arguments, pool_size=3, pool_pre_ping=True)


def check(engine):
    Base.metadata.drop_all(engine)
    Base.metadata.create_all(engine)
    with orm.Session(engine) as session:
        session.add_all([
            Author(name=f"author {n}", books=[Book(title=f"book {n}.{m}") for m in range(3)]) for n in range(50)])
        session.commit()
        found = session.scalars(
            sa.select(Author).where(Author.name == "author 7").options(orm.selectinload(Author.books))).one()
        assert [book.title for book in found.books] == ["book 7.0", "book 7.1", "book 7.2"]
        session.delete(found)
        session.flush()
        savepoint = session.begin_nested()
        session.add(Author(name="author 8"))
        try:
            session.flush()
        except sa.exc.IntegrityError:
            savepoint.rollback()
        else:
            raise AssertionError("a double name was taken")
        session.commit()
        assert session.scalar(sa.select(sa.func.count()).select_from(Book)) == 147
    with engine.connect().execution_options(stream_results=True, max_row_buffer=10) as connection:
        streamed = connection.execute(sa.text("SELECT id FROM public.orders ORDER BY id"))
        assert [row.id for row in streamed] == list(range(1, 1001))
    reflected = sa.MetaData()
    reflected.reflect(engine, schema="public", only=["orders", "customers"], views=False)
    assert set(reflected.tables) == {"public.orders", "public.customers"}
    assert [key.target_fullname for key in reflected.tables["public.orders"].foreign_keys] == ["public.customers.id"]
    Base.metadata.drop_all(engine)
    engine.dispose()


for driver in ("psycopg", "pg8000"):
    check(engine(driver))
print("ok")
