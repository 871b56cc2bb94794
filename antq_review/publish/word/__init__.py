"""The dossier in Word: forms drawn by code, filled by docxtpl, laid out by Nghị định 30/2020/NĐ-CP, Annex I."""
