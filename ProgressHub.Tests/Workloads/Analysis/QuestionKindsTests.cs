namespace ProgressHub.Tests.Workloads.Analysis;

/// <summary>Kinds of questions that other people asked and that were refused once, over small tables: each with a query that a person wrote.</summary>
public sealed class QuestionKindsTests(QuestionKindsTests.Tables tables) : IClassFixture<QuestionKindsTests.Tables>
{
    private const string Matches = "matches.csv", Staff = "payroll.csv", Patients = "patients.csv", Homes = "homes.csv", Loans = "loans.csv", Flights = "flights.csv", Weather = "weather.csv", Drinks = "drinks.csv", Races = "marathon.csv", Dishes = "dishes.csv", Signs = "signs.csv", Visits = "來訪.csv";

    [Theory]
    [InlineData(Matches, "How many draws were there?", "SELECT count(*) FROM data WHERE FTHG = FTAG")]
    [InlineData(Matches, "In how many matches did the away team score more goals than the home team?", "SELECT count(*) FROM data WHERE FTAG > FTHG")]
    [InlineData(Matches, "What percentage of matches ended in a home win?", "SELECT 100.0 * avg(CASE WHEN FTHG > FTAG THEN 1.0 ELSE 0 END) FROM data")]
    [InlineData(Matches, "how many games ended 2-1?", "SELECT count(*) FROM data WHERE FTHG = 2 AND FTAG = 1")]
    [InlineData(Matches, "How many goals did Otters score in total, home and away?", "SELECT sum(CASE WHEN HomeTeam = 'Otters' THEN FTHG ELSE FTAG END) FROM data WHERE 'Otters' IN (HomeTeam, AwayTeam)")]
    [InlineData(Matches, "How many games did Bears lose?", "SELECT count(*) FROM data WHERE HomeTeam = 'Bears' AND FTHG < FTAG OR AwayTeam = 'Bears' AND FTAG < FTHG")]
    [InlineData(Matches, "How many matches did Bears win away from home?", "SELECT count(*) FROM data WHERE AwayTeam = 'Bears' AND FTAG > FTHG")]
    [InlineData(Matches, "Which team won the most home games?", "top SELECT HomeTeam FROM data WHERE FTHG > FTAG GROUP BY 1 ORDER BY count(*) DESC LIMIT 1")]
    [InlineData(Matches, "top 2 teams by goals scored at home", "SELECT HomeTeam, sum(FTHG) FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 2")]
    [InlineData(Staff, "how many ppl were hired in 2021 or later?", "SELECT count(*) FROM data WHERE \"Hire Date\" >= '2021-01-01'")]
    [InlineData(Staff, "How many employees got a bonus of more than 10% of their annual salary?", "SELECT count(*) FROM data WHERE Bonus > 0.1 * \"Annual Salary\"")]
    [InlineData(Staff, "total bonuss paid to active employes in Finance", "SELECT sum(Bonus) FROM data WHERE is_active AND \"Dept.\" = 'Finance'")]
    [InlineData(Staff, "Who is the top earner in each department, going by annual salary?", "SELECT \"Dept.\", Name FROM data QUALIFY rank() OVER (PARTITION BY \"Dept.\" ORDER BY \"Annual Salary\" DESC) = 1")]
    [InlineData(Staff, "who earns more, nurses or clerks?", "SELECT \"Job Title\", avg(\"Annual Salary\") FROM data WHERE \"Job Title\" IN ('Nurse', 'Clerk') GROUP BY 1")]
    [InlineData(Staff, "how many people make more than 70k", "SELECT count(*) FROM data WHERE \"Annual Salary\" > 70000")]
    [InlineData(Staff, "what share of staff in Finance is inactive", "SELECT 100.0 * avg(CASE WHEN is_active THEN 0.0 ELSE 1 END) FROM data WHERE \"Dept.\" = 'Finance'")]
    [InlineData(Patients, "average bmi of smokers over 50", "SELECT avg(bmi) FROM data WHERE smoker AND age > 50")]
    [InlineData(Patients, "average length of stay in days for each ward (discharged patients only)", "SELECT ward, avg(date_diff('day', admit_date, discharge_date)) FROM data GROUP BY 1")]
    [InlineData(Patients, "Which patient stayed in hospital the longest, from admission to discharge?", "top SELECT name FROM data ORDER BY date_diff('day', admit_date, discharge_date) DESC NULLS LAST LIMIT 1")]
    [InlineData(Patients, "What percentage of women smoke?", "SELECT 100.0 * avg(CASE WHEN smoker THEN 1.0 ELSE 0 END) FROM data WHERE sex = 'F'")]
    [InlineData(Homes, "what's the address of the priciest home sold in Oakland?", "top SELECT Address FROM data WHERE City = 'Oakland' ORDER BY \"Sale Price\" DESC NULLS LAST LIMIT 1")]
    [InlineData(Homes, "Average sale price per square foot in each city", "SELECT City, avg(\"Sale Price\" / \"Sq Ft\") FROM data GROUP BY 1")]
    [InlineData(Homes, "median list price of 2-bedroom condos", "SELECT median(\"List Price\") FROM data WHERE Beds = 2 AND Type = 'Condo'")]
    [InlineData(Homes, "How many listings of type House have 3 or 4 beds, at least 2 baths and a list price under $900,000?", "SELECT count(*) FROM data WHERE Type = 'House' AND Beds IN (3, 4) AND Baths >= 2 AND \"List Price\" < 900000")]
    [InlineData(Homes, "On average how many days did it take to sell a home in Oakland, from listed to sold?", "SELECT avg(date_diff('day', Listed, Sold)) FROM data WHERE City = 'Oakland'")]
    [InlineData(Loans, "How many books came back after their due date?", "SELECT count(*) FROM data WHERE Returned > \"Due Date\"")]
    [InlineData(Loans, "For loans that came back late, how many days late were they on average?", "SELECT avg(date_diff('day', \"Due Date\", Returned)) FROM data WHERE Returned > \"Due Date\"")]
    [InlineData(Loans, "how many loans are still out, i.e. have no return date?", "SELECT count(*) FROM data WHERE Returned IS NULL")]
    [InlineData(Loans, "How many loans were checked out on a weekend?", "SELECT count(*) FROM data WHERE isodow(\"Checkout Date\") > 5")]
    [InlineData(Loans, "Loans per quarter by checkout date", "SELECT year(\"Checkout Date\") || '-Q' || quarter(\"Checkout Date\"), count(*) FROM data GROUP BY 1")]
    [InlineData(Flights, "What percent of flights were cancelled, by airline?", "SELECT Airline, 100.0 * avg(CASE WHEN Cancelled THEN 1.0 ELSE 0 END) FROM data GROUP BY 1")]
    [InlineData(Flights, "Average departure delay of flights leaving DEN", "SELECT avg(\"Dep Delay (min)\") FROM data WHERE Origin = 'DEN'")]
    [InlineData(Weather, "How many days did the minimum temp drop below freezing at North Ridge?", "SELECT count(*) FROM data WHERE Station = 'North Ridge' AND \"Min Temp (°C)\" < 0")]
    [InlineData(Weather, "What was the biggest difference between max and min temperature on any one day at any station?", "SELECT max(\"Max Temp (°C)\" - \"Min Temp (°C)\") FROM data")]
    [InlineData(Weather, "average wind speed per station, windiest first", "SELECT Station, avg(\"Wind (km/h)\") FROM data GROUP BY 1")]
    [InlineData(Weather, "whats the hottest day at Harbour Point? give me the date", "top SELECT Date FROM data WHERE Station = 'Harbour Point' ORDER BY \"Max Temp (°C)\" DESC LIMIT 1")]
    [InlineData(Drinks, "會員的訂單佔全部訂單的百分之幾？", "SELECT 100.0 * avg(CASE WHEN 會員 THEN 1.0 ELSE 0 END) FROM data")]
    [InlineData(Drinks, "單價超過五十元的訂單有幾筆？", "SELECT count(*) FROM data WHERE 單價 > 50")]
    [InlineData(Drinks, "哪一家分店的總數量最高？", "top SELECT 分店 FROM data GROUP BY 1 ORDER BY sum(數量) DESC LIMIT 1")]
    [InlineData(Drinks, "列出賣出數量最多的前兩名品項，由多到少", "SELECT 品項, sum(數量) FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 2")]
    [InlineData(Drinks, "2024年7月的總數量比6月成長了百分之多少？", "SELECT 100.0 * (sum(數量) FILTER (WHERE month(日期) = 7) - sum(數量) FILTER (WHERE month(日期) = 6)) / sum(數量) FILTER (WHERE month(日期) = 6) FROM data")]
    [InlineData(Races, "who ran the slowest?", "top SELECT runner FROM data ORDER BY finish_time DESC LIMIT 1")]
    [InlineData(Races, "how many runners finished in under 4 hours?", "SELECT count(*) FROM data WHERE finish_time < '4:00:00'")]
    [InlineData(Dishes, "total revenue by dish", "SELECT dish, sum(unit_price * quantity) FROM data GROUP BY 1")]
    [InlineData(Signs, "average price", "SELECT avg(Price) FROM data")]
    [InlineData(Signs, "average price? I mean the average price of tea", "SELECT avg(Price) FROM data WHERE Name = 'Tea'")]
    [InlineData(Visits, "有到場的有幾筆？", "SELECT count(*) FROM data WHERE 是否到場")]
    [InlineData(Visits, "平均到場人數是多少？", "SELECT avg(到場人數) FROM data")]
    public void A_question_is_answered_rightly(string table, string question, string gold) =>
        tables.AssertRight(table, question, gold);

    [Theory]
    [InlineData(Staff, "do nurses or clerks earn more on average than drivers?")]
    [InlineData(Staff, "which department has the highest payroll?")]
    [InlineData(Patients, "what is the average cost per day of stay?")]
    [InlineData(Matches, "Who scored the first goal for Otters?")]
    [InlineData(Matches, "matches where Otters beat Bears")]
    [InlineData(Drinks, "哪一家分店的客人最滿意？")]
    [InlineData(Homes, "homes with a value above the asking rent")]
    [InlineData(Signs, " "), InlineData(Signs, "😀")]
    public void What_the_table_does_not_say_is_not_answered(string table, string question)
    {
        var (profile, run) = tables.Of(table);

        var (verdict, note) = new AskedQuestion(table, question, "NO").Ask(profile, run);

        Assert.True(verdict != AskedQuestion.Verdict.Wrong, note);
    }

    public sealed class Tables() : WrittenTables(Texts)
    {
        private static Dictionary<string, string> Texts => new()
        {
            [Matches] = """
                Date,HomeTeam,AwayTeam,FTHG,FTAG,HTHG,HTAG,Referee,Attendance
                2024-01-06,Otters,Bears,2,1,1,0,Suarez,9100
                2024-01-13,Bears,Lynx,0,0,0,0,Ito,8200
                2024-01-20,Lynx,Otters,1,3,1,1,Suarez,7300
                2024-01-27,Otters,Lynx,2,2,0,2,Ito,9900
                2024-02-03,Lynx,Bears,0,1,0,0,Suarez,7000
                2024-02-10,Bears,Otters,4,2,2,1,Ito,8800
                2024-02-17,Otters,Bears,3,0,1,0,Suarez,9400
                """,
            [Staff] = """
                Emp ID,Name,Dept.,Job Title,Hire Date,Annual Salary,Bonus,is_active
                E1,Ann Bell,Nursing,Nurse,2019-03-01,"$68,000.00","$2,000.00",Yes
                E2,Bo Chan,Nursing,Nurse,2021-06-15,"$72,500.00",,Yes
                E3,Cy Dunn,Finance,Clerk,2022-01-10,"$41,000.00","$5,000.00",Yes
                E4,Di Ek,Finance,Clerk,2018-09-01,"$43,500.00","$1,000.00",No
                E5,Ed Fox,Finance,Manager,2015-02-01,"$98,000.00","$12,000.00",Yes
                E6,Fay Gil,Transport,Driver,2023-04-01,"$39,000.00",,No
                """,
            [Patients] = """
                patient_id,name,age,sex,bmi,smoker,ward,admit_date,discharge_date,charges
                P1,Ada Moss,62,F,27.5,yes,Oncology,2024-01-03,2024-01-20,9000.5
                P2,Ben Noor,55,M,31.0,yes,General,2024-02-01,2024-02-04,4100
                P3,Cleo Ott,34,F,22.4,no,General,2024-02-11,2024-02-13,3900.25
                P4,Dan Petit,71,M,,no,Oncology,2024-03-05,,12000
                P5,Eva Quist,48,F,29.1,no,General,2024-03-09,2024-03-15,5200
                P6,Finn Rau,45,M,36.2,yes,Oncology,2024-04-01,2024-04-09,7000
                """,
            [Homes] = """
                MLS #,Address,City,Type,Beds,Baths,Sq Ft,List Price,Sale Price,Listed,Sold
                40001,1 Elm St,Oakland,House,3,2,1500,"$850,000","$910,000",2024-01-04,2024-02-01
                40002,2 Elm St,Oakland,Condo,2,1,900,"$520,000","$505,000",2024-01-10,2024-03-15
                40003,3 Bay Rd,Berkeley,House,4,3,2300,"$1,400,000","$1,380,000",2024-02-02,2024-02-20
                40004,4 Bay Rd,Berkeley,Condo,2,2,1000,"$640,000",,2024-03-01,
                40005,5 Oak Av,Oakland,House,4,2,1900,"$880,000","$865,000",2024-03-07,2024-05-01
                40006,6 Oak Av,Oakland,House,5,3,2600,"$1,200,000",,2024-04-02,
                """,
            [Loans] = """
                loan_id,Member,Branch,Title,Genre,Checkout Date,Due Date,Returned,renewals
                L1,Aisha,Central,Kings of Dust,Mystery,2024-01-06,2024-01-27,2024-01-20,0
                L2,Boris,Central,Midnight,Mystery,2024-02-05,2024-02-26,2024-03-01,1
                L3,Aisha,Harbor,Midnight,Mystery,2024-04-14,2024-05-05,2024-05-15,0
                L4,Chen,Harbor,How Bridges Stand,Nonfiction,2024-05-08,2024-05-29,,2
                L5,Boris,Central,Kings of Dust,Mystery,2024-07-01,2024-07-22,2024-07-22,0
                """,
            [Flights] = """
                Flight,Airline,Origin,Dest,Flight Date,Dep Delay (min),Arr Delay (min),Cancelled,Passengers
                BW1,BlueWing,DEN,JFK,2024-01-01,12,5,no,120
                BW2,BlueWing,LAX,JFK,2024-01-02,-3,-10,no,130
                SJ1,SkyJet,DEN,SFO,2024-01-03,40,38,no,90
                SJ2,SkyJet,SEA,JFK,2024-01-04,,,yes,
                SJ1,SkyJet,DEN,SFO,2024-01-05,0,-4,no,95
                SJ3,SkyJet,JFK,DEN,2024-01-06,7,1,no,80
                """,
            [Weather] = """
                Station,Date,Max Temp (°C),Min Temp (°C),Rain (mm),Wind (km/h)
                North Ridge,2024-01-01,2.5,-4.1,0,30.2
                North Ridge,2024-01-02,-1.0,-9.3,2.4,41
                North Ridge,2024-07-01,24.0,11.2,0,12.5
                Harbour Point,2024-01-01,8.1,3.3,5.1,22
                Harbour Point,2024-07-01,29.6,18.8,0,9.4
                Harbour Point,2024-07-02,27.2,17.9,1.1,15
                """,
            [Drinks] = """
                訂單編號,日期,分店,品項,單價,數量,付款方式,會員
                A001,2024-06-03,台中店,珍珠奶茶,60,2,現金,是
                A002,2024-06-11,台中店,高山烏龍,35,1,信用卡,否
                A003,2024-07-02,高雄店,珍珠奶茶,60,4,現金,是
                A004,2024-07-19,高雄店,芒果冰沙,80,3,現金,否
                A005,2024-07-25,台中店,高山烏龍,35,1,信用卡,是
                """,
            [Races] = """
                bib,runner,sex,age,finish_time
                11,Gus Rohr,M,34,3:12:45
                12,Ivo Stone,M,41,4:48:10
                13,Mia Lund,W,29,3:58:59
                14,Nia Okoye,W,52,4:02:33
                """,
            [Dishes] = """
                order_no,dish,unit_price,quantity
                1,Soup,6.5,2
                2,Steak,24,1
                3,Soup,6.5,3
                4,Cake,5,4
                """,
            [Signs] = """
                #,Name,%,Price
                1,Tea,10,3.5
                2,Coffee,20,4.5
                3,Tea,5,2.5
                """,
            [Visits] = """
                日期,是否到場,到場人數
                2024-06-03,是,4
                2024-06-11,否,0
                2024-07-02,是,2
                """,
        };
    }
}
