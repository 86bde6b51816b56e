import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.Properties;
import org.postgresql.PGConnection;

/**
 * The JDBC driver: server-side prepared statements, batches, fetch sizes, COPY, metadata, savepoints, cancellation.
 * Reads libpq's variables. Prints `ok` and exits 0, or fails with a stack trace.
 */
public final class JdbcClient {
    public static void main(String[] arguments) throws Exception {
        try (Connection connection = connect()) {
            results(connection);
            prepared(connection);
            fetched(connection);
            copied(connection);
            described(connection);
            rolledBack(connection);
            cancelled(connection);
        }
        System.out.println("ok");
    }

    private static Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", System.getenv("PGUSER"));
        properties.setProperty("password", System.getenv("PGPASSWORD"));
        properties.setProperty("ApplicationName", "jdbc client");
        String mode = System.getenv().getOrDefault("PGSSLMODE", "disable");
        properties.setProperty("sslmode", mode);
        if (!mode.equals("disable")) {
            properties.setProperty("sslrootcert", System.getenv("PGSSLROOTCERT"));
        }
        String database = System.getenv("PGDATABASE").replace("/", "%2F");
        String url = "jdbc:postgresql://" + System.getenv("PGHOST") + ":" + System.getenv("PGPORT") + "/" + database;
        return DriverManager.getConnection(url, properties);
    }

    private static void results(Connection connection) throws SQLException {
        String sql = "SELECT ?::bigint, ?::text, ?::timestamptz, ?::numeric, ?::text";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            OffsetDateTime moment = OffsetDateTime.parse("2026-11-23T22:13:47.123456Z");
            statement.setLong(1, 1L << 40);
            statement.setString(2, "ä€😀");
            statement.setObject(3, moment);
            statement.setBigDecimal(4, new BigDecimal("12345678901234567890.12"));
            statement.setString(5, null);
            try (ResultSet row = statement.executeQuery()) {
                expect(row.next());
                expect(row.getLong(1) == 1L << 40);
                expect(row.getString(2).equals("ä€😀"));
                expect(row.getObject(3, OffsetDateTime.class).isEqual(moment));
                expect(row.getBigDecimal(4).equals(new BigDecimal("12345678901234567890.12")));
                expect(row.getString(5) == null);
            }
        }
        try (Statement statement = connection.createStatement()) {
            expect(statement.execute("SELECT 1; SELECT 2"));
            expect(statement.getMoreResults());
            expect(!statement.getMoreResults());
        }
    }

    /** Beyond the fifth execution the driver names the statement on the server and asks for binary results. */
    private static void prepared(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS public.scratch_jdbc");
            statement.execute("CREATE TABLE public.scratch_jdbc (id integer PRIMARY KEY, note text)");
        }
        try (PreparedStatement statement = connection.prepareStatement("SELECT total FROM public.orders WHERE id = ?")) {
            for (int number = 1; number <= 20; number++) {
                statement.setInt(1, number);
                try (ResultSet row = statement.executeQuery()) {
                    expect(row.next() && row.getBigDecimal(1) != null);
                }
            }
        }
        String sql = "INSERT INTO public.scratch_jdbc (id, note) VALUES (?, ?)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int number = 0; number < 1000; number++) {
                statement.setInt(1, number);
                statement.setString(2, "note " + number);
                statement.addBatch();
            }
            expect(statement.executeBatch().length == 1000);
        }
        sql = "UPDATE public.scratch_jdbc SET note = 'changed' WHERE id < 3 RETURNING id";
        try (PreparedStatement statement = connection.prepareStatement(sql); ResultSet rows = statement.executeQuery()) {
            int count = 0;
            while (rows.next()) {
                count++;
            }
            expect(count == 3);
        }
    }

    /** A fetch size makes portals that are read in parts. */
    private static void fetched(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement statement = connection.prepareStatement("SELECT id FROM public.orders ORDER BY id")) {
            statement.setFetchSize(37);
            try (ResultSet rows = statement.executeQuery()) {
                int expected = 1;
                while (rows.next()) {
                    expect(rows.getInt(1) == expected++);
                }
                expect(expected == 1001);
            }
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    private static void copied(Connection connection) throws Exception {
        var copies = connection.unwrap(PGConnection.class).getCopyAPI();
        StringBuilder data = new StringBuilder();
        for (int number = 10_000; number < 30_000; number++) {
            data.append(number).append("\tcopied ").append(number).append('\n');
        }
        expect(copies.copyIn("COPY public.scratch_jdbc FROM STDIN", new StringReader(data.toString())) == 20_000);
        StringWriter out = new StringWriter();
        copies.copyOut("COPY (SELECT * FROM public.scratch_jdbc WHERE id >= 10000 ORDER BY id) TO STDOUT", out);
        expect(out.toString().contentEquals(data));
    }

    private static void described(Connection connection) throws SQLException {
        DatabaseMetaData metadata = connection.getMetaData();
        try (ResultSet tables = metadata.getTables(null, "public", "orders", new String[] {"TABLE"})) {
            expect(tables.next() && tables.getString("TABLE_NAME").equals("orders"));
        }
        try (ResultSet columns = metadata.getColumns(null, "public", "orders", "%")) {
            int count = 0;
            while (columns.next()) {
                count++;
            }
            expect(count == 6);
        }
        try (ResultSet keys = metadata.getPrimaryKeys(null, "public", "orders")) {
            expect(keys.next() && keys.getString("COLUMN_NAME").equals("id"));
        }
        try (ResultSet keys = metadata.getImportedKeys(null, "public", "orders")) {
            expect(keys.next() && keys.getString("PKTABLE_NAME").equals("customers"));
        }
        try (ResultSet indexes = metadata.getIndexInfo(null, "public", "orders", false, true)) {
            expect(indexes.next());
        }
    }

    private static void rolledBack(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE public.scratch_jdbc SET note = 'kept' WHERE id = 1");
            Savepoint savepoint = connection.setSavepoint();
            try {
                statement.executeUpdate("INSERT INTO public.scratch_jdbc (id) VALUES (1)");
                throw new AssertionError("a double key was taken");
            } catch (SQLException error) {
                expect(error.getSQLState().equals("23505"));
            }
            connection.rollback(savepoint);
            try (ResultSet row = statement.executeQuery("SELECT note FROM public.scratch_jdbc WHERE id = 1")) {
                expect(row.next() && row.getString(1).equals("kept"));
            }
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    private static void cancelled(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(3);
            statement.executeQuery("SELECT count(*) FROM generate_series(1, 100000000000)");
            throw new AssertionError("the query was not cancelled");
        } catch (SQLException error) {
            expect(error.getSQLState().equals("57014"));
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE public.scratch_jdbc");
        }
    }

    private static void expect(boolean condition) {
        if (!condition) {
            throw new AssertionError("not as expected");
        }
    }
}
