"""Names for invented people: common ones of many languages, mixed at random, and some that forms often cut off."""

from typing import Final

WOMEN: Final = (
    "Aaliyah", "Abigail", "Adaeze", "Aiko", "Amara", "Ana", "Anh", "Anika", "Astrid", "Aylin", "Beatriz", "Brigid",
    "Camila", "Chloé", "Clara", "Daniela", "Deborah", "Elena", "Élodie", "Emily", "Esther", "Fatima", "Freya",
    "Grace", "Hannah", "Ikram", "Imani", "Ingrid", "Ioana", "Jasmine", "Joyce", "Kateryna", "Keisha", "Lakshmi",
    "Leilani", "Linh", "Louise", "Lucía", "Mai", "Margaret", "Marisol", "Mei", "Miriam", "Naomi", "Nia", "Nkechi",
    "Noor", "Olga", "Paloma", "Priya", "Quỳnh", "Rachel", "Renée", "Rosa", "Ruth", "Saanvi", "Sakura", "Salma",
    "Siobhán", "Sofía", "Svetlana", "Tamar", "Thandiwe", "Ursula", "Valentina", "Wei", "Xochitl", "Yasmin", "Yolanda",
    "Zainab", "Zofia", "Maria José", "Anne-Marie",
)  # fmt: skip

MEN: Final = (
    "Aarav", "Abdul", "Adebayo", "Ahmed", "Alejandro", "Ander", "Andrés", "Arjun", "Bartholomew", "Benjamin", "Björn",
    "Bohdan", "Carlos", "Chidi", "Connor", "Curtis", "Daniel", "Darnell", "David", "Diego", "Dmitri", "Duc", "Eamon",
    "Elijah", "Emre", "Ezekiel", "Felipe", "François", "Gabriel", "George", "Hiroshi", "Håkon", "Ibrahim", "Isaac",
    "Ivan", "Jamal", "Javier", "Jin", "João", "Joseph", "Kai", "Kofi", "Kwame", "Lars", "Leon", "Luis", "Malik",
    "Marcus", "Mateo", "Minh", "Mohammed", "Nikolai", "Noah", "Omar", "Oscar", "Padraig", "Pavel", "Rafael", "Rajesh",
    "Reuben", "Samuel", "Santiago", "Søren", "Tariq", "Terrence", "Thomas", "Tomás", "Uriel", "Viktor", "Walter",
    "Xavier", "Yusuf", "Zoltán", "Jean-Luc", "Li Wei",
)  # fmt: skip

FAMILY: Final = (
    "Abara", "Adeyemi", "Aguilar", "Ahmadi", "Akagi", "Albrecht", "Anderson", "Antonov", "Baptiste", "Begay",
    "Bergström", "Bhattacharya", "Björk", "Blackhorse", "Brennan", "Brown", "Castellanos", "Cervantes", "Chavez",
    "Chen", "Choi", "Cohen", "Contreras", "Cooper", "Costa", "Dąbrowska", "Dao", "Davies", "Delacroix", "Diaz",
    "Dimitriou", "Dubois", "Edwards", "Eriksen", "Espinoza", "Fernández", "Fitzgerald", "Foster", "Friedman",
    "García", "Gebremedhin", "Goldberg", "Gómez", "Green", "Gupta", "Haddad", "Hassan", "Hernández", "Hoang",
    "Hughes", "Ibáñez", "Ito", "Ivanova", "Jackson", "Jensen", "Johnson", "Kaczmarek", "Kaur", "Kelly", "Khan", "Kim",
    "Kovač", "Kowalczyk", "Kruger", "Larsen", "Lefèvre", "Lopez", "MacGregor", "Mahmoud", "Martinez", "McAllister",
    "Mendoza", "Mitchell", "Morales", "Müller", "Mwangi", "Nakamura", "Nguyễn", "Novák", "O'Brien", "Ochoa", "Okafor",
    "Olsen", "Onyango", "Ortiz", "Owusu", "Papadopoulos", "Patel", "Pereira", "Petrov", "Phạm", "Quintero", "Rahman",
    "Ramírez", "Reid", "Rivera", "Robinson", "Rossi", "Sato", "Schneider", "Sharma", "Silva", "Singh", "Smith",
    "Sørensen", "St. Clair", "Suleiman", "Suzuki", "Tanaka", "Tesfaye", "Thompson", "Torres", "Tran", "Tremblay",
    "Vang", "Vasquez", "Venkataraman", "Villanueva", "Walker", "Washington", "Whitefeather", "Williams", "Wójcik",
    "Wong", "Xiong", "Yamamoto", "Yang", "Yilmaz", "Young", "Zapata", "Zhang", "Zielińska", "van der Merwe",
    "de la Fuente-Montgomery", "Ramaswamy-Featherstonehaugh", "Nic Giolla Phádraig",
)  # fmt: skip
